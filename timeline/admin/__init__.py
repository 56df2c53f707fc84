"""Where editors work. Empty: Django imports the site in here before anything is registered."""

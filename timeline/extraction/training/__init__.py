"""What trains the small models of quotes and events; never imported by the app."""

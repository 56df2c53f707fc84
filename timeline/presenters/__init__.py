"""What each page needs, as one object: its template gets it as `page` and asks it for the rest."""

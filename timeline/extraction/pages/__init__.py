"""A saved page or wire copy, parted into headline, dateline, byline and body."""

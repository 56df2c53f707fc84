"""The pages of the desk that are no records: bringing articles in, and reviewing suggestions."""

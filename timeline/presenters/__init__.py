"""What a page needs, made of a selection and its results before a template shows it."""

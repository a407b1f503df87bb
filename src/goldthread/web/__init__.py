"""Page furniture: layout, components, forms and the one way in which dates, numbers and lists are said."""

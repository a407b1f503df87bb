"""A person does a whole thing: real processes, real files, what they see and what is left on the disk."""

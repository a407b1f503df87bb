"""How an assessment is written out: four editions, in HTML, PDF, DOCX and ODT, and the data annex."""

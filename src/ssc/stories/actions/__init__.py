"""What is done to stories, their photos, consents and questions."""

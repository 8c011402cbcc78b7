"""What visitors and editors do with the guide."""

"""What a person may submit about events."""

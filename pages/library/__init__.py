"""What is read from the files that editors send, and which of them are refused."""

"""What is done to speech once it is sound."""

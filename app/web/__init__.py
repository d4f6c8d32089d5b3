"""What requests and replies share."""

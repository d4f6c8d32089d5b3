"""How soon and how fast the server speaks, beside other ways to run the same model."""

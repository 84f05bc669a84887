"""What coordination is: pure, without I/O, SQL, Telegram or a clock."""

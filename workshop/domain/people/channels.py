"""Lists the ways in which people take part, and which of them are in the hall."""
CHANNELS = ("hall", "remote", "phone", "paper")
HALL = ("hall", "paper")  # those who sit where the team sits; people who dictate by telephone or write from afar do not

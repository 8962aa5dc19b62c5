"""What became of the letter that is closed: handed over, acknowledged, published and answered."""

NOTE = (
    "Dear Captain Brandreth,\n\n"
    "please find enclosed the joint letter “Lights for the night ferries of Lake Oremba”.\n\n"
    "We would be grateful for a word that it has reached you.\n\n"
    "With kind regards,\n\n\nMirela Tolland"
)
HANDED_OVER = "By two of us, at the Authority’s counter on Lamp Wharf."
ACKNOWLEDGED = "Received and stamped at the counter, number 118."
STAMP = (
    "receipt.txt",
    b"LAKE OREMBA AUTHORITY\nLamp Wharf, Selwyn Reach\n\nReceived: a letter with its list. Number 118.\n",
)
LEAD = (
    "Five ferries cross Lake Oremba by night, past one lit buoy. Those who work and travel on them ask for four more."
)
REPLIED_BY = "Captain Aurel Brandreth, Master of the Crossings"
REPLY = (
    "Your letter reached me this morning, and I have read every name under it.\n\n"
    "Two lamps are in the yard and will be on the water before the month is out. For the other two I shall ask the"
    " council for the money a second time. The crews may have the keeping of all four from the first night."
)

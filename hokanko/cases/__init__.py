"""Cases: complaints, enquiries, requests of filmed persons, incidents."""

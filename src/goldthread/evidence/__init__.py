"""What partners sent, made safe to analyse. Pure: no server, no account, no network."""

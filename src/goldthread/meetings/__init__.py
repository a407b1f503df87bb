"""How groups meet and follow up: cycles, agendas, attendance, minutes, decisions and actions."""

"""The program measured against gold files and other tools; the program itself never reads a gold."""

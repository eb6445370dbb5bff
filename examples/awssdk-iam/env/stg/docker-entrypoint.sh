#!/bin/sh
# exec: the JVM gets SIGTERM, and not the shell.
exec java -XX:MaxRAMPercentage=75 -XX:+ExitOnOutOfMemoryError -jar application.jar

"""One call of the AWS API, and its answer as JSON.

    boto.py <service> <operation> <parameters as JSON> [<account to assume a role in>]
"""

import json
import sys

import boto3

service, operation, parameters, *account = sys.argv[1:]
keys = {}
if account:
    role = f"arn:aws:iam::{account[0]}:role/anything"
    session = boto3.client("sts").assume_role(RoleArn=role, RoleSessionName="test")
    keys = {
        "aws_access_key_id": session["Credentials"]["AccessKeyId"],
        "aws_secret_access_key": session["Credentials"]["SecretAccessKey"],
        "aws_session_token": session["Credentials"]["SessionToken"],
    }
client = boto3.client(service, **keys)
answer = getattr(client, operation)(**json.loads(parameters))
answer.pop("ResponseMetadata", None)
json.dump(answer, sys.stdout, default=lambda value: value.read().decode() if hasattr(value, "read") else str(value))

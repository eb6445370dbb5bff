"""One call of the AWS API: boto.py <service> <operation> <parameters as JSON> -> the answer as JSON."""

import json
import sys

import boto3

service, operation, parameters = sys.argv[1:]
answer = getattr(boto3.client(service), operation)(**json.loads(parameters))
answer.pop("ResponseMetadata", None)
json.dump(answer, sys.stdout, default=str)

"""Two rules of IAM that ministack leaves out, so that a role which is allowed too little, or too much, is found here.

DynamoDB: `dynamodb:LeadingKeys`, the partition keys a request names, of its table or of the index it asks.
S3: who may not list a bucket is told 403, not 404, where an object is missing, and the answer names s3:ListBucket.
"""

import json
import re

import ministack.app as app
import ministack.core.iam_actions as iam_actions
from ministack.core.iam_evaluator import AuthError, enforce
from ministack.core.router import extract_access_key_id, extract_region
from ministack.services import dynamodb

context_without_keys = iam_actions.dynamodb_service_context
answer_of_s3 = app.SERVICE_HANDLERS["s3"]
equals = re.compile(r"(#?\w+)\s*=\s*(:\w+)")


def apply():
    iam_actions.dynamodb_service_context = context_with_keys
    app.SERVICE_HANDLERS["s3"] = answer_as_s3_does


def context_with_keys(body):
    context = context_without_keys(body)
    try:
        keys = leading_keys(json.loads(body or b"{}"))
    except (AttributeError, LookupError, StopIteration, TypeError, ValueError):
        # No request for items, or of a table that is not there.
        return context
    return {**context, "dynamodb:LeadingKeys": keys} if keys else context


def leading_keys(request):
    if "TransactItems" in request:
        return [key for item in request["TransactItems"] for one in item.values() for key in leading_keys(one)]
    if "RequestItems" in request:
        return [key for table, asked in request["RequestItems"].items() for key in batch_keys(table, asked)]
    name = partition_key(request["TableName"], request.get("IndexName"))
    if "KeyConditionExpression" in request:
        return query_keys(name, request)
    named = request.get("Key") or request.get("Item")
    return [value_of(named[name])] if named else []


def batch_keys(table, asked):
    name = partition_key(table)
    if isinstance(asked, dict):
        return [value_of(key[name]) for key in asked["Keys"]]
    wanted = [one.get("PutRequest", {}).get("Item") or one["DeleteRequest"]["Key"] for one in asked]
    return [value_of(item[name]) for item in wanted]


def query_keys(name, request):
    names = request.get("ExpressionAttributeNames", {})
    values = request["ExpressionAttributeValues"]
    found = equals.findall(request["KeyConditionExpression"])
    return [value_of(values[value]) for attribute, value in found if names.get(attribute, attribute) == name]


def partition_key(table, index=None):
    described = dynamodb._tables[table.rsplit("/", 1)[-1]]
    if index is not None:
        described = next(one for one in described["GlobalSecondaryIndexes"] if one["IndexName"] == index)
    return next(key["AttributeName"] for key in described["KeySchema"] if key["KeyType"] == "HASH")


def value_of(attribute):
    return str(next(iter(attribute.values())))


async def answer_as_s3_does(method, path, headers, body, query_params):
    answer = await answer_of_s3(method, path, headers, body, query_params)
    status, _, said = answer
    if not app.AUTH or method != "GET" or status != 404 or b"<Code>NoSuchKey</Code>" not in said:
        return answer
    bucket = f"arn:aws:s3:::{path.lstrip('/').split('/', 1)[0]}"
    key_id = extract_access_key_id(headers, query_params)
    denied = enforce(key_id, "s3:ListBucket", "s3", extract_region(headers), resource_arn=bucket)
    if denied is None or isinstance(denied, AuthError):
        return answer
    message = iam_actions.identity_denial_message("s3:ListBucket", denied.principal_arn, bucket, False)
    return iam_actions.access_denied_response("s3", "s3:ListBucket", denied.principal_arn, "", message=message)

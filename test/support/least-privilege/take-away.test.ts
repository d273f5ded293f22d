import { deepEqual, throws } from 'node:assert/strict';
import test from 'node:test';
import { policyDocument, takeAway } from './take-away.ts';

const read = { Sid: 'Read', Effect: 'Allow', Action: 's3:GetObject', Resource: 'a' };
const policy = (...Statement: object[]) => policyDocument.parse({ Version: '2012-10-17', Statement });

test('take-away leaves nothing of a statement that grants one thing', () => {
  const [taken, ...more] = takeAway(policy(read));
  deepEqual(taken?.without.Statement, []);
  deepEqual(more, []);
});

test('take-away takes each action on each resource alone, and the statement as a whole', () => {
  const taken = takeAway(policy({ ...read, Action: ['get', 'put'], Resource: ['a', 'b'] }, { ...read, Sid: 'Other' }));
  deepEqual(
    taken.map(({ what }) => what),
    ['Read', 'Read get on a', 'Read get on b', 'Read put on a', 'Read put on b', 'Other s3:GetObject on a'],
  );
  deepEqual(
    taken[2]?.without.Statement.map(({ Sid, Action, Resource }) => [Sid, Action, Resource]),
    [
      ['ReadOthers', ['put'], ['a', 'b']],
      ['Read', ['get'], ['a']],
      ['Other', ['s3:GetObject'], ['a']],
    ],
  );
});

test('take-away takes each value of a condition that has several', () => {
  const Condition = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['APPS', 'APP#*'] } };
  const taken = takeAway(policy({ ...read, Condition }));
  deepEqual(
    taken.map(({ what, without }) => [what, without.Statement.map((left) => left.Condition)]),
    [
      ['Read s3:GetObject on a', []],
      ['Read dynamodb:LeadingKeys APPS', [{ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['APP#*'] } }]],
      ['Read dynamodb:LeadingKeys APP#*', [{ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['APPS'] } }]],
    ],
  );
});

test('take-away leaves what is forbidden forbidden', () => {
  deepEqual(takeAway(policy({ ...read, Effect: 'Deny' })), []);
});

test('take-away refuses a policy that grants by exception', () => {
  throws(() => policy({ Sid: 'All', Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }));
});

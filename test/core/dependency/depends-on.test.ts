import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { readDependsOn } from '../../../lib/core/dependency/depends-on.ts';
import { inOrder } from '../../../lib/core/dependency/in-order.ts';
import { exampleApplication } from '../../contracts/example-application.ts';

for (const { it, written, gives } of [
  { it: 'one name', written: 'db', gives: ['db'] },
  { it: 'several, with spaces', written: ' db , queue.eu ', gives: ['db', 'queue.eu'] },
  { it: 'a name once', written: 'db,db', gives: ['db'] },
  { it: 'nothing', written: '', gives: null },
  { it: 'a comma too many', written: 'db,', gives: null },
  { it: 'a kind before the name', written: 'argoproj.io/Application:db', gives: null },
  { it: 'capitals', written: 'Db', gives: null },
])
  test(`depends-on reads ${it}`, () => deepEqual(readDependsOn(written), gives));

for (const { it, given, gives } of [
  { it: 'leaves what depends on nothing', given: ['b', 'a'], gives: ['b', 'a'] },
  { it: 'puts first what another waits for', given: ['a: b', 'b: c', 'c'], gives: ['c', 'b', 'a'] },
  { it: 'passes over what is not there', given: ['a: x', 'b'], gives: ['a', 'b'] },
  { it: 'ends where they wait for each other', given: ['a: b', 'b: a'], gives: ['b', 'a'] },
])
  test(`in-order ${it}`, () => {
    const applications = given.map((line) => {
      const [name = '', on] = line.split(': ');
      return exampleApplication({ name, annotations: on === undefined ? {} : { 'trueup.dev/depends-on': on } });
    });
    deepEqual(
      inOrder(applications, (each) => each).map(({ name }) => name),
      gives,
    );
  });

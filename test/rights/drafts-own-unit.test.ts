import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { type RouteName, type RouteSpec, routes } from '../../review-api/contract/routes.ts';
import { describeSetUps } from '../harness/describe-set-ups.ts';
import {
  approveDraft,
  createDraft,
  type DraftScene,
  listDrafts,
  openDraftScene,
} from '../harness/draft-scene.ts';
import { openOffice } from '../harness/office.ts';
import type { Visitor } from '../harness/visitor.ts';
import { draftAsked, draftWho } from './expected/drafts.ts';

/**
 * Every route of one draft, as people of another unit ask for it: there is no such draft. What the office may do is the same
 * whatever unit its people are of.
 */
const canary = '栖霞书屋';
const names = Object.keys(draftWho) as (keyof typeof draftWho)[];
const specOf = (name: RouteName): RouteSpec => routes[name];
const ofOneDraft = names.filter((name) => specOf(name).path.startsWith('/api/drafts/:id'));

let scene: DraftScene;
const ids: string[] = [];

function ask(visitor: Visitor, name: (typeof names)[number], id: string) {
  const spec = specOf(name);
  const filled = spec.path
    .replace(':id', id)
    .replace(/:(version|round)/, '1')
    .replace(':hash', '0'.repeat(64))
    .replace(/:(commentId|linkId)/, 'none');
  const bodies = draftAsked.bodies({ commandId: randomUUID(), now: scene.office.clock.now() });
  const body = bodies[name];
  const path = filled + (draftAsked.queries[name] ?? '');
  return visitor.send(spec.method.toUpperCase(), path, body === undefined ? {} : { body });
}

describeSetUps('drafts of a unit', (emptyPlace) => {
  beforeAll(async () => {
    scene = await openDraftScene(await openOffice({}, await emptyPlace()));
    ids.length = 0;
    ids.push(await createDraft(scene.writer, { title: `${canary}开放通知` }));
    ids.push(await approveDraft(scene, { title: `${canary}开放时间` }));
    return () => scene.office.close();
  });

  test.each(ofOneDraft)('%s answers nobody of another unit', async (name) => {
    for (const id of ids) {
      const reply = await ask(scene.otherHead, name, id);
      // A right that the role has not is said before anything is looked up.
      const who = draftWho[name];
      const isOffered = typeof who === 'string' || who.includes('unit-head');
      expect(reply.status, reply.text).toBe(isOffered ? 404 : 403);
      expect(reply.text).not.toContain(canary);
    }
  });

  test('they are in none of its lists, and in those of the unit, the office and who leads', async () => {
    expect(await listDrafts(scene.otherHead)).toEqual([]);
    for (const visitor of [scene.colleague, scene.head, scene.officer, scene.director, scene.leader])
      expect((await listDrafts(visitor)).sort()).toEqual([...ids].sort());
    const found = await scene.otherHead.get(`/api/drafts?words=${encodeURIComponent(canary)}`);
    expect(found.json).toMatchObject({ items: [] });
  });
});

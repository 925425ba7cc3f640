import { expect, test } from 'vitest';
import { describeSetUps } from '../test/harness/describe-set-ups.ts';
import { type Office, openOffice } from '../test/harness/office.ts';
import { fileCase } from '../test/harness/office-cases.ts';
import type { Visitor } from '../test/harness/visitor.ts';
import { CasePage } from './contract/case-summary.ts';

/** Every question to a store, by its name, while `act` runs. */
async function watchStores(stores: object, act: () => Promise<void>): Promise<string[]> {
  const asked: string[] = [];
  const undo: (() => void)[] = [];
  for (const [name, store] of Object.entries(stores) as [string, Record<string, unknown>][]) {
    for (const [method, original] of Object.entries(store)) {
      if (typeof original !== 'function') continue;
      store[method] = (...given: unknown[]) => {
        asked.push(`${name}.${method}`);
        return original.apply(store, given);
      };
      undo.push(() => {
        store[method] = original;
      });
    }
  }
  await act();
  for (const back of undo) back();
  return asked.sort();
}

describeSetUps('questions to the stores', (emptyPlace) => {
  test('a queue of sixty rows takes as many as a queue of three, masked and held ones among them', async () => {
    const office: Office = await openOffice({}, await emptyPlace());
    try {
      const reviewer = await office.visitAs('reviewer');
      const colleague = await office.visitAs('director');
      const file = async (n: number) => {
        const verdict = n % 3 === 0 ? ({ accessClass: 'victim' } as const) : {};
        const { caseId } = await fileCase(
          office,
          { kind: 'comment', title: '', text: `第 ${n} 条` },
          verdict,
        );
        if (n % 3 === 1) expect((await colleague.post(`/api/cases/${caseId}/open`, {})).status).toBe(200);
      };
      const list = async (visitor: Visitor, rows: number) => {
        const reply = await visitor.get('/api/cases?queue=review&limit=200');
        const { items } = CasePage.parse(reply.json);
        expect(items).toHaveLength(rows);
        expect(items.filter(({ claim }) => claim?.byName != null)).toHaveLength(rows / 3);
      };
      for (let n = 0; n < 3; n += 1) await file(n);
      await list(reviewer, 3);
      const few = await watchStores(office.stores, () => list(reviewer, 3));
      for (let n = 3; n < 60; n += 1) await file(n);
      const many = await watchStores(office.stores, () => list(reviewer, 60));
      expect(many).toEqual(few);
      expect(few).toContain('desk.listFiltered');
      expect(few.length).toBeLessThan(15);
    } finally {
      await office.close();
    }
  });
});

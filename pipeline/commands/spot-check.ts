import type { Draft } from '../domain/draft.ts';
import { InvalidInput } from '../domain/errors.ts';
import type { LiveMatch } from '../domain/live-match.ts';
import { normaliseLink } from '../domain/normal-link.ts';
import type { Stores } from '../ports/index.ts';
import { listSealedDrafts } from './sealed-drafts.ts';

/** 抽查: what the record says of one address. */
export interface SpotChecked {
  /** As it was given. */
  address: string;
  /**
   * `approved`: a draft goes with it. `no-record`: the page is known, and no draft is 没有送审记录. `not-read`: the crawler has not met it
   * and nobody filled it in, so nothing can be said. `not-an-address`: no address of the web.
   */
  answer: 'approved' | 'no-record' | 'not-read' | 'not-an-address';
  match: LiveMatch | null;
  draft: Draft | null;
}

const most = 500;
const allUnits = { units: 'all', personIds: [] } as const;

/** @throws InvalidInput for too many */
export async function spotCheck(
  stores: Pick<Stores, 'live' | 'drafts'>,
  addresses: readonly string[],
): Promise<SpotChecked[]> {
  const asked = addresses.map((address) => address.trim()).filter((address) => address !== '');
  if (asked.length > most) throw new InvalidInput('addresses', `一次最多抽查 ${most} 个网址。`);
  const filledIn = await readFilledIn(stores);
  const answers: SpotChecked[] = [];
  for (const address of asked) answers.push(await checkOne(stores, address, filledIn));
  return answers;
}

/** Addresses that editors filled in, in normal form. */
async function readFilledIn(stores: Pick<Stores, 'drafts'>): Promise<Map<string, Draft>> {
  const found = new Map<string, Draft>();
  for await (const draft of listSealedDrafts(stores, { channelId: null, changedSince: null })) {
    for (const { url } of draft.publications) {
      const normal = url === null ? null : normaliseLink(url);
      if (normal !== null) found.set(normal, draft);
    }
  }
  return found;
}

async function checkOne(
  { live, drafts }: Pick<Stores, 'live' | 'drafts'>,
  address: string,
  filledIn: ReadonlyMap<string, Draft>,
): Promise<SpotChecked> {
  const normal = normaliseLink(/^[a-z]+:/i.test(address) ? address : `https://${address}`);
  if (normal === null) return { address, answer: 'not-an-address', match: null, draft: null };
  const met = await live.findByAddress(normal);
  const match = met.map((one) => one.match).find((one) => one !== null) ?? null;
  const draftId = match?.draftId ?? null;
  const draft =
    (draftId === null ? null : await drafts.find(draftId, allUnits)) ?? filledIn.get(normal) ?? null;
  const answer = draft !== null ? 'approved' : met.length > 0 ? 'no-record' : 'not-read';
  return { address, answer, match, draft };
}

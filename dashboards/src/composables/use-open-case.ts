import { onScopeDispose, shallowRef } from 'vue';
import type { CaseDetail, Referral } from '../../../review-api/contract/case-detail.ts';
import { ApiError, describeFailure } from '../api/api-error.ts';
import type { Client } from '../api/client.ts';
import { useWindowEvent } from './use-window-event.ts';

export type OpenCase =
  | { status: 'none' }
  | { status: 'loading'; caseId: string }
  | { status: 'ready'; caseId: string; detail: CaseDetail }
  | { status: 'referral'; caseId: string; referral: Referral }
  /** Outside one's own queues: a purpose has to be written down first. */
  | { status: 'purpose'; caseId: string; failure: string | null }
  | { status: 'failed'; caseId: string; failure: string };

/** Activity renews the claim, but not more often than this. */
const renewEveryMs = 4 * 60_000;

function outcomeOf(caseId: string, thrown: unknown, hadPurpose: boolean): OpenCase {
  if (thrown instanceof ApiError && thrown.status === 400 && thrown.field === 'purpose') {
    return { status: 'purpose', caseId, failure: hadPurpose ? thrown.message : null };
  }
  return { status: 'failed', caseId, failure: describeFailure(thrown) };
}

/** The case on the screen. Opening claims it, activity keeps the claim, leaving frees it. */
export function useOpenCase(client: Client) {
  const current = shallowRef<OpenCase>({ status: 'none' });
  let turn = 0;
  let renewedAtMs = 0;
  /** A release that is still under way: the same case must not be opened again before it. */
  let releasing: Promise<unknown> = Promise.resolve();

  function heldId(): string | null {
    const shown = current.value;
    return shown.status === 'ready' && shown.detail.claim?.byMe === true ? shown.caseId : null;
  }

  function isShown(caseId: string): boolean {
    return current.value.status !== 'none' && current.value.caseId === caseId;
  }

  function release(caseId: string) {
    releasing = client.call('releaseClaim', { params: { id: caseId } }).catch(() => null);
    return releasing;
  }

  function leave(freeClaim: boolean) {
    const held = heldId();
    turn += 1;
    return freeClaim && held !== null ? release(held) : Promise.resolve();
  }

  async function open(caseId: string, options: { purpose?: string; keepClaim?: boolean } = {}) {
    void leave(options.keepClaim !== true);
    const mine = turn;
    if (current.value.status !== 'ready' || !isShown(caseId)) {
      current.value = { status: 'loading', caseId };
    }
    await releasing;
    if (mine !== turn) return;
    const { purpose } = options;
    try {
      const body = purpose === undefined ? {} : { purpose };
      const answer = await client.call('openCase', { params: { id: caseId }, body });
      if (mine !== turn) {
        // Somebody paging quickly has left already: the claim just taken must not block the others.
        if (answer.kind === 'case' && answer.claim?.byMe === true && !isShown(caseId)) void release(caseId);
        return;
      }
      renewedAtMs = Date.now();
      current.value =
        answer.kind === 'case'
          ? { status: 'ready', caseId, detail: answer }
          : { status: 'referral', caseId, referral: answer };
    } catch (thrown) {
      if (mine === turn) current.value = outcomeOf(caseId, thrown, purpose !== undefined);
    }
  }

  async function renew(atOnce = false) {
    const held = heldId();
    if (held === null || (!atOnce && Date.now() - renewedAtMs < renewEveryMs)) return;
    renewedAtMs = Date.now();
    try {
      const { claim } = await client.call('renewClaim', { params: { id: held } });
      const shown = current.value;
      if (shown.status !== 'ready' || shown.caseId !== held) return;
      current.value = { ...shown, detail: { ...shown.detail, claim } };
    } catch (thrown) {
      // The claim is lost, perhaps to a colleague: show the case as it stands now.
      if (thrown instanceof ApiError && heldId() === held) await open(held, { keepClaim: true });
    }
  }

  for (const name of ['pointerdown', 'keydown', 'wheel', 'touchmove'] as const) {
    useWindowEvent(name, () => void renew(), { passive: true });
  }
  useWindowEvent('pagehide', () => {
    const held = heldId();
    if (held !== null) client.send('releaseClaim', { params: { id: held } });
  });
  useWindowEvent('pageshow', (event) => {
    // Brought back whole from the browser's memory: the claim was freed when it went there.
    const held = heldId();
    if (event.persisted && held !== null) void open(held, { keepClaim: true });
  });
  onScopeDispose(() => void leave(true));

  return {
    current,
    open,
    /** For a person who is told that the claim runs out. */
    renew: () => renew(true),
    /** `decided`: the claim went with the decision, there is nothing to free. Resolves once it is freed. */
    close(reason: 'left' | 'decided'): Promise<unknown> {
      const freed = leave(reason === 'left');
      current.value = { status: 'none' };
      return freed;
    },
  };
}

import { onScopeDispose, type Ref, shallowRef, watch } from 'vue';
import type { CaseDetail } from '../../../review-api/contract/case-detail.ts';
import type { ClaimStatus } from '../../../review-api/contract/case-work.ts';
import { ApiError } from '../api/api-error.ts';
import type { Client } from '../api/client.ts';
import { t } from '../i18n/t.ts';
import { stateLabels } from '../lib/labels.ts';

const everyMs = 60_000;

function describeLoss({ claim, state }: ClaimStatus): string | null {
  if (state !== 'open' && state !== 'reopened') return t('app.caseStateNow', { state: stateLabels[state] });
  if (claim === null) return t('app.claimExpired');
  return claim.byMe ? null : t('app.caseTakenOver', { name: claim.byName ?? t('app.anotherColleague') });
}

/**
 * Whether the case on the screen is still one's own. Asked when something has changed in one's queues, and every minute in case
 * nobody said so: whoever writes a decision has to hear of it before it is refused. No text is read for that.
 */
export function useClaimWatch(client: Client, detail: Ref<CaseDetail | null>) {
  const lost = shallowRef<string | null>(null);
  watch(detail, () => {
    lost.value = null;
  });

  async function look() {
    const shown = detail.value;
    if (shown?.claim?.byMe !== true || document.hidden) return;
    try {
      const status = await client.call('readClaim', { params: { id: shown.id } });
      if (detail.value === shown) lost.value = describeLoss(status);
    } catch (thrown) {
      // Nothing is known while there is no line; what is gone from one's sight is lost.
      const isGone = thrown instanceof ApiError && thrown.status === 404;
      if (isGone && detail.value === shown) lost.value = t('app.caseLeftQueue');
    }
  }
  const timer = setInterval(() => void look(), everyMs);
  onScopeDispose(() => clearInterval(timer));
  return { lost, look: () => void look() };
}

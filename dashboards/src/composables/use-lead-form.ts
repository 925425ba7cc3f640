import { ref, shallowRef } from 'vue';
import type { LeadReceipt, LeadView } from '../../../review-api/contract/lead.ts';
import { ApiError, describeFailure } from '../api/api-error.ts';
import type { Client } from '../api/client.ts';
import { emptyDraft, type LeadDraft, readDraft } from '../lib/lead-draft.ts';
import { newId } from '../lib/new-id.ts';
import { useKept } from './use-kept.ts';

/** One lead being written down: sent twice by an impatient hand, it is one. */
export function useLeadForm(client: Client) {
  const { draft, drop } = useKept<LeadDraft>('lead', () => emptyDraft(new Date().toISOString()));
  const busy = ref(false);
  const wrong = shallowRef<{ field: string; failure: string } | null>(null);
  const failure = ref<string | null>(null);
  const receipt = shallowRef<LeadReceipt | null>(null);
  const sameNumber = shallowRef<LeadView[]>([]);
  /** Of this intention; another one once something was registered. */
  let commandId = newId();

  function tell(thrown: unknown) {
    if (thrown instanceof ApiError && thrown.field !== undefined) {
      const hint = thrown.hint === undefined ? '' : thrown.hint;
      wrong.value = { field: thrown.field, failure: `${thrown.message}${hint}` };
    } else {
      failure.value = describeFailure(thrown);
    }
  }

  return {
    draft,
    busy,
    wrong,
    failure,
    receipt,
    sameNumber,
    /** Before anything is sent: perhaps it was registered already. */
    async lookForNumber() {
      const documentNumber = draft.value.documentNumber.trim();
      sameNumber.value = [];
      if (documentNumber === '') return;
      try {
        sameNumber.value = (await client.call('listLeads', { query: { documentNumber } })).items;
      } catch {
        // What is wrong with the number is said when it is sent.
      }
    },
    /** @returns whether it was registered */
    async send(): Promise<boolean> {
      wrong.value = null;
      failure.value = null;
      receipt.value = null;
      const read = readDraft(draft.value);
      if ('field' in read) {
        wrong.value = read;
        return false;
      }
      busy.value = true;
      try {
        receipt.value = await client.call('registerLead', { body: { commandId, ...read.body } });
        commandId = newId();
        sameNumber.value = [];
        drop();
        return true;
      } catch (thrown) {
        tell(thrown);
        return false;
      } finally {
        busy.value = false;
      }
    },
  };
}

import { ref, shallowRef } from 'vue';
import type { LeadChangeRequest, LeadWithdrawalRequest } from '../../../review-api/contract/lead.ts';
import { ApiError, describeFailure } from '../api/api-error.ts';
import type { Client } from '../api/client.ts';
import { t } from '../i18n/t.ts';
import { newId } from '../lib/new-id.ts';

type Change = Omit<LeadChangeRequest, 'commandId'> & { id: string };
type Withdrawal = Omit<LeadWithdrawalRequest, 'commandId'> & { id: string };

/** Changing and withdrawing the registration of the lead that is open. @param onDone what the screen says then */
export function useLeadActions(client: Client, onDone: (message: string) => unknown) {
  const busy = ref(false);
  const wrong = shallowRef<{ field: string; failure: string } | null>(null);
  const failure = ref<string | null>(null);

  function clear() {
    wrong.value = null;
    failure.value = null;
  }

  async function act(call: () => Promise<unknown>, message: string) {
    clear();
    busy.value = true;
    try {
      await call();
      await onDone(message);
    } catch (thrown) {
      const field = thrown instanceof ApiError ? thrown.field : undefined;
      if (field === undefined) failure.value = describeFailure(thrown);
      else wrong.value = { field, failure: describeFailure(thrown) };
    } finally {
      busy.value = false;
    }
  }

  return {
    busy,
    wrong,
    failure,
    clear,
    change: ({ id, ...body }: Change) =>
      act(
        () => client.call('changeLead', { params: { id }, body: { commandId: newId(), ...body } }),
        t('leads.entryCorrected'),
      ),
    withdraw: ({ id, ...body }: Withdrawal) =>
      act(
        () => client.call('withdrawLead', { params: { id }, body: { commandId: newId(), ...body } }),
        t('leads.entryWithdrawn'),
      ),
  };
}
export type LeadActions = ReturnType<typeof useLeadActions>;

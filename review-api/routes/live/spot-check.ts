import { printDraftForms as print } from '../../../pipeline/commands/print-draft-forms.ts';
import { spotCheck as check, type SpotChecked } from '../../../pipeline/commands/spot-check.ts';
import type { Draft } from '../../../pipeline/domain/draft.ts';
import { InvalidInput } from '../../../pipeline/domain/errors.ts';
import { type Call, getSignedIn, type Handler } from '../../http/call.ts';

type Asked = Pick<Call, 'signedIn' | 'deps'> & { body: { addresses: string[] } };

/** Many drafts at once, of all units: who asked for them is in the audit. */
async function checkAll(
  call: Asked,
  action: 'draft.spot-checked' | 'draft.forms-printed',
): Promise<SpotChecked[]> {
  const { stores, clock } = call.deps;
  const checked = await check(stores, call.body.addresses);
  const found = new Set(checked.flatMap(({ draft }) => draft?.id ?? []));
  await stores.audit.append({
    ...{ id: clock.newId(), log: 'audit', at: clock.now(), actorId: getSignedIn(call).user.id, action },
    subject: 'spot-check',
    payload: { addresses: checked.length, drafts: [...found] },
  });
  return checked;
}

export const spotCheck: Handler<'spotCheck'> = async (call) => {
  const { directory } = call.deps;
  const settings = await directory.settings();
  const checked = await checkAll(call, 'draft.spot-checked');
  return {
    items: checked.map(({ address, answer, match, draft }) => ({
      ...{ address, answer, result: match?.result ?? null },
      draft:
        draft === null
          ? null
          : {
              ...{ id: draft.id, number: draft.number, title: draft.title, approvedAt: draft.approvedAt },
              unit: directory.unit(settings, draft.unitId),
            },
    })),
  };
};

const mimes = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
};

export const printDraftForms: Handler<'printDraftForms'> = async (call) => {
  const { as } = call.body;
  const checked = await checkAll(call, 'draft.forms-printed');
  const drafts = new Map<string, Draft>(
    checked.flatMap(({ draft }) => (draft === null ? [] : [[draft.id, draft] as const])),
  );
  if (drafts.size === 0) throw new InvalidInput('addresses', '这些网址都没有审核记录。');
  const bytes = await print([...drafts.values()], as, call.deps);
  return { bytes, mime: mimes[as], name: `审核登记表 抽查 ${drafts.size} 份.${as}`, as: 'saved' };
};

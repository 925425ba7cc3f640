import { createBrief } from '../../pipeline/commands/create-brief.ts';
import { moveBrief, saveBriefWords } from '../../pipeline/commands/move-brief.ts';
import { refreshRollups } from '../../pipeline/commands/refresh-rollups.ts';
import type { Context } from '../../pipeline/context.ts';
import type { BriefKind } from '../../pipeline/domain/brief.ts';
import { type BriefMove, listWordsBlocks } from '../../pipeline/domain/brief-life.ts';
import type { Official } from '../../pipeline/domain/official.ts';

/** What the analyst of the invented office writes where the office's template asks for words. */
const sentence = '本期反映主要集中在食堂、宿舍和校园网，已按职责转有关单位办理，未发现需要升级处置的情况。';

async function findOfficial({ stores }: Context, login: string): Promise<Official> {
  const user = await stores.users.findByLogin(login);
  if (user === null) throw new Error(`the demo has no ${login}`);
  const { id, roles, unitId } = user;
  return { id, appointments: roles.map((role) => ({ role, unitId, onBehalfOf: null })) };
}

/** The last issue of its kind: written by the analyst and handed in. @param approved by the director, too */
export async function handInBrief(context: Context, kind: BriefKind, approved: boolean): Promise<void> {
  const { clock } = context;
  const analyst = await findOfficial(context, 'analyst');
  await refreshRollups(context);
  const wish = { kind, days: null, subject: null, replaces: null, commandId: clock.newId() };
  let { brief } = await createBrief(wish, { actorId: analyst.id, onBehalfOf: null }, context);
  const asked = listWordsBlocks(brief.facts).filter(({ isRequired }) => isRequired);
  if (asked.length > 0) {
    const words = Object.fromEntries(asked.map(({ field }) => [field, sentence]));
    const command = { commandId: clock.newId(), briefId: brief.id, version: brief.version, words };
    ({ brief } = await saveBriefWords(command, analyst, context));
  }
  const act = async (move: BriefMove, official: Official, mayApprove: boolean) => {
    const command = {
      commandId: clock.newId(),
      briefId: brief.id,
      version: brief.version,
      move,
      reason: null,
    };
    ({ brief } = await moveBrief(command, official, { ...context, mayApprove }));
  };
  await act('submit', analyst, false);
  if (approved) await act('approve', await findOfficial(context, 'director'), true);
}

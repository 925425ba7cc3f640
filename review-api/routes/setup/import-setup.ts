import {
  importSetup as bringIn,
  checkSetup as check,
  type SetupPorts,
} from '../../../pipeline/commands/import-setup.ts';
import { getReader, type Handler, type RouteDeps } from '../../http/call.ts';

/** More would not be read by anybody at once. */
const shownProblems = 200;

const portsOf = (deps: RouteDeps): SetupPorts => ({
  ...deps,
  doors: deps.signIn.providers.map(({ provider }) => provider),
});

export const checkSetup: Handler<'checkSetup'> = async (call) => {
  const file = { name: call.query.fileName, bytes: call.file ?? new Uint8Array() };
  const { actor } = getReader(call);
  const { plan, digest, isUnchanged } = await check(file, actor, portsOf(call.deps), call.signal);
  const { problems, notices, units, people, roster, chains } = plan;
  const sections = Object.entries({ units, people, roster, chains }) as ['units', typeof units][];
  return {
    ...{ digest, isUnchanged, notices },
    problems: problems.slice(0, shownProblems),
    problemCount: problems.length,
    sections: sections.flatMap(([sheet, part]) => (part === null ? [] : [{ sheet, ...part.section }])),
    firstPasswords: people?.add.filter(({ needsPassword }) => needsPassword).length ?? 0,
  };
};

export const importSetup: Handler<'importSetup'> = async (call) => {
  const { fileName, digest, commandId } = call.query;
  const file = { name: fileName, bytes: call.file ?? new Uint8Array() };
  // Whoever closes the page has asked for it all the same: what was begun is finished.
  return bringIn({ file, digest, commandId }, getReader(call).actor, portsOf(call.deps));
};

import { scanReasonNames, scanText } from '../domain/brief-scan.ts';
import { type BriefTemplates, findTemplateProblem } from '../domain/brief-template.ts';
import type { Actor } from '../domain/case.ts';
import { InvalidInput } from '../domain/errors.ts';
import { findSettingVersion, type SettingPorts, saveSetting } from './save-setting.ts';

export interface StoredTemplates {
  templates: BriefTemplates;
  /** Of the settings that last changed them; 0 where nobody ever did. */
  version: number;
}

export async function readTemplates({ stores }: Pick<SettingPorts, 'stores'>): Promise<StoredTemplates> {
  const version = await findSettingVersion(stores, 'briefs');
  return { templates: (await stores.settings.read()).briefs, version };
}

/**
 * What its shape does not tell; what stands in a template stands in every issue (R16). Names the first field that is wrong, as
 * `templates.kinds.daily.sections.2.title`.
 * @throws InvalidInput
 */
export function assertTemplates(templates: BriefTemplates): void {
  const problem = findTemplateProblem(templates);
  if (problem !== null)
    throw new InvalidInput(['templates', ...problem.path].join('.'), `${problem.message}。`);
  const { issuer, kinds } = templates;
  const refuse = (field: string, text: string) => {
    const [reason] = scanText(text);
    if (reason !== undefined)
      throw new InvalidInput(`templates.${field}`, `这里${scanReasonNames[reason]}。`);
  };
  refuse('issuer', issuer);
  for (const [kind, template] of Object.entries(kinds)) {
    for (const field of ['title', 'mark', 'header', 'footer'] as const) {
      refuse(`kinds.${kind}.${field}`, template[field]);
    }
    for (const [index, { title, intro }] of template.sections.entries()) {
      refuse(`kinds.${kind}.sections.${index}.title`, title);
      refuse(`kinds.${kind}.sections.${index}.intro`, intro);
    }
  }
}

/**
 * All kinds anew: briefs made from now on follow them, those that stand stay as they are.
 * @throws InvalidInput, Conflict when somebody else has changed them since the version seen
 */
export async function saveTemplates(
  { templates, seenVersion }: { templates: BriefTemplates; seenVersion: number },
  actor: Actor,
  ports: SettingPorts,
): Promise<StoredTemplates> {
  assertTemplates(templates);
  const stale = '简报模板已有更新，请刷新后再修改。';
  const version = await saveSetting(
    { kind: 'briefs', build: () => templates, seenVersion, stale },
    actor,
    ports,
  );
  return { templates, version };
}

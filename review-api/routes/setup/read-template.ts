import { buildSetupTemplate, templateName } from '../../../pipeline/commands/setup-template.ts';
import type { Handler } from '../../http/call.ts';

export const readSetupTemplate: Handler<'readSetupTemplate'> = async () => ({
  fileName: templateName,
  base64: Buffer.from(buildSetupTemplate()).toString('base64'),
});

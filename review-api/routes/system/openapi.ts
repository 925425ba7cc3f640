import type { Handler } from '../../http/call.ts';
import { buildOpenApi } from '../../http/openapi.ts';

export const readOpenApi: Handler<'readOpenApi'> = async () => ({ ...buildOpenApi() });

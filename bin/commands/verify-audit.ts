import { Command } from 'commander';
import { verifyAudit } from '../../pipeline/commands/verify-audit.ts';
import type { Context } from '../../pipeline/context.ts';

/** `guanlan verify-audit`: beside a running service. Exits 1 when a chain is broken, and names every break. */
export function buildVerifyAuditCommand(openContext: () => Promise<Context>): Command {
  return new Command('verify-audit')
    .description('check the chains of the audit and read logs; the report is one JSON object')
    .action(async () => {
      const context = await openContext();
      try {
        const report = await verifyAudit(context.stores.audit, {
          now: context.clock.now(),
          verify: context.anchors.verify,
        });
        process.stdout.write(`${JSON.stringify(report)}\n`);
        if (report.breaks.length > 0) {
          process.stderr.write(`guanlan: the audit chains have ${report.breaks.length} breaks\n`);
          process.exitCode = 1;
        }
      } finally {
        await context.close();
      }
    });
}

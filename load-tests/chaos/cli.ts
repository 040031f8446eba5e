import { runCommand } from '../run-command.ts';
import { sale } from './sale.ts';

await runCommand(process.argv.slice(2), { command: 'npm run chaos --', scenarios: [sale] });

import { runCommand } from './run-command.ts';
import { scenarios } from './scenarios/all.ts';

await runCommand(process.argv.slice(2), { command: 'npm run load --', scenarios });

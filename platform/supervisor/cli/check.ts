import { listQuickParts } from '../verify/parts.ts';
import { runParts } from '../verify/run-parts.ts';
import { runCli } from './run-cli.ts';

const print = (line: string) => console.log(line);

await runCli(() => runParts(listQuickParts(print), print));

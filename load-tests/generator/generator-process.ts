import { answerMessages } from '../world/helper-process.ts';
import { runOpenLoop } from './open-loop.ts';
import { planSchema } from './plan.ts';

/** The load generator as a process: plans in, results out. */
answerMessages((message) => runOpenLoop(planSchema.parse(message)));

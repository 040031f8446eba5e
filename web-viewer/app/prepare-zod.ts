import { z } from 'zod';

// Zod compiles its checks with `new Function` where it may; the Content-Security-Policy forbids that, so it must not try.
z.config({ jitless: true });

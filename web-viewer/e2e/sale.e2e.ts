import { describe } from 'vitest';
import { playTheSale } from './play-the-sale.ts';

describe('a live sale, watched on desktops', () => playTheSale('desktop'));

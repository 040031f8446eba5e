/** From nothing to a client that follows a show, in order. */
export const start = `## Step by step

The least that a client does, in this order. Each step has its own section below.

1. **Get a token.** \`POST /api/auth/token\` without a body. Keep the cookie that it sets: with it the next token is for the
   same person. \`data.accessToken\` goes into everything else; \`data.userId\` is who you are.
2. **Find a show.** \`GET /api/shows\` lists those on air. Neither this nor the step before needs a token.
3. **Connect to the hub** with the token.
4. **Join** the show with \`show:join\`; the answer is the state of the show.
5. **Apply frames** to that state as they come, and remember your place.
6. **Renew** the token with \`session:renew\` some time before \`data.expiresAt\`, with one from step 1.
7. **Come back** when the connection ends, at the moment that *Coming back* advises, and join with your place.

Whoever only wants to read may leave out the hub: *Server-sent events* need no library at all.`;

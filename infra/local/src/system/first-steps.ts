/** What is shown once the system runs: where it is, and three lines to paste. */
export function firstSteps(origin: string): string {
  const password = 'a quiet river at noon';
  return `
Ready: ${origin}
API reference: ${origin}/docs

Try it:

  curl -s ${origin}/api/auth/signup -d username=ana -d email=ana@example.org -d 'password=${password}'
  TOKEN=$(curl -s ${origin}/api/auth/login -d username=ana -d 'password=${password}' | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
  curl -s ${origin}/api/tasks -H "Authorization: Bearer $TOKEN" -F file=@README.md -F format=zip

Stop it with Ctrl-C, or with: npm stop
`;
}

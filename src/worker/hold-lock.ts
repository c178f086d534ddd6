/** Hold a Web Lock for as long as this worker lives. Resolves once it is held. */
export function holdLock(name: string): Promise<void> {
  return new Promise((held, failed) => {
    const forever = () => {
      held();
      return new Promise<never>(() => undefined);
    };
    navigator.locks.request(name, forever).catch(failed);
  });
}

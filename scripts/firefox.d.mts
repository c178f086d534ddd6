export declare function findFirefox(): Promise<string>;

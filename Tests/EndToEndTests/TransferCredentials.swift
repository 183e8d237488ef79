/// Self-signed certificates for `localhost`, with their keys, made for these tests alone.
enum TransferCredentials {
    /// P-256.
    static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBlTCCATugAwIBAgIUCQU4UFQl4fUjDaJqF/s5+ydPhQYwCgYIKoZIzj0EAwIw
        FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNDIxNTMzMFoYDzIxMjYxMDMx
        MjE1MzMwWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
        PQMBBwNCAASSxIkBmhtFE2rwFm9ssH+O9tmWej6sJ24/ZiGR0qY3zVZJ7c0gjKCk
        xwUehtwaaQ5KGo+KVODn1359CJImnRvWo2kwZzAdBgNVHQ4EFgQUYKf8dZdnmjNN
        qjtQGapLMMyFMY0wHwYDVR0jBBgwFoAUYKf8dZdnmjNNqjtQGapLMMyFMY0wDwYD
        VR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglsb2NhbGhvc3QwCgYIKoZIzj0EAwID
        SAAwRQIhAJsyKaq3rnBqwTlplVhdKFEd5AJMaznBHnVQzROY/6/fAiBT3/6o5jt6
        mTOHHz5f9gbTxOxM5V3tSs8Pt2FFmNjeuQ==
        -----END CERTIFICATE-----

        """

    /// Its key as PKCS#8.
    static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgSOBBzBBy2TA+wtP7
        a6CJZ/Dthen8QjjxgcXvgGXsTEqhRANCAASSxIkBmhtFE2rwFm9ssH+O9tmWej6s
        J24/ZiGR0qY3zVZJ7c0gjKCkxwUehtwaaQ5KGo+KVODn1359CJImnRvW
        -----END PRIVATE KEY-----

        """

    /// The same key in the form of SEC1.
    static let sec1Key = """
        -----BEGIN EC PRIVATE KEY-----
        MHcCAQEEIEjgQcwQctkwPsLT+2ugiWfw7YXp/EI48YHF74Bl7ExKoAoGCCqGSM49
        AwEHoUQDQgAEksSJAZobRRNq8BZvbLB/jvbZlno+rCduP2YhkdKmN81WSe3NIIyg
        pMcFHobcGmkOShqPilTg59d+fQiSJp0b1g==
        -----END EC PRIVATE KEY-----

        """

    /// Its public half.
    static let publicKey = """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEksSJAZobRRNq8BZvbLB/jvbZlno+
        rCduP2YhkdKmN81WSe3NIIygpMcFHobcGmkOShqPilTg59d+fQiSJp0b1g==
        -----END PUBLIC KEY-----

        """

    /// P-256, of another key.
    static let otherCertificate = """
        -----BEGIN CERTIFICATE-----
        MIIBlDCCATugAwIBAgIUR3AmJF9Tpx2xbn8giqmmegJOrJ8wCgYIKoZIzj0EAwIw
        FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNDIxNTMzMFoYDzIxMjYxMDMx
        MjE1MzMwWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
        PQMBBwNCAARJ2t+JZYZd8r+LwjrUPoiCMm+jnzBhHauJg9k44l3sFuNyQ4LMW5Qj
        Q+Qi1DY1GHtd+tRWfcZLsD39RRGcyiOPo2kwZzAdBgNVHQ4EFgQURhF6c9ly+oHD
        hxxo3ijgG8DRY6swHwYDVR0jBBgwFoAURhF6c9ly+oHDhxxo3ijgG8DRY6swDwYD
        VR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglsb2NhbGhvc3QwCgYIKoZIzj0EAwID
        RwAwRAIgKf+bnhiZDVattDf3CtgjRB/o6QOFautQFSzH51Ahsk4CIDCOYhg5lvFd
        wL/150CEfx1T//v3aj4pT15HLFAAU8cz
        -----END CERTIFICATE-----

        """

    /// Ed25519.
    static let ed25519Certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBVTCCAQegAwIBAgIUIKFMynDX5rxW7qRsntKGQvOhcXIwBQYDK2VwMBQxEjAQ
        BgNVBAMMCWxvY2FsaG9zdDAgFw0yNjExMjQyMTUzMzBaGA8yMTI2MTAzMTIxNTMz
        MFowFDESMBAGA1UEAwwJbG9jYWxob3N0MCowBQYDK2VwAyEAKS6Zzhyecxr6YBk+
        3LeFOCuzldemjGPN9aeRH6Y5jPyjaTBnMB0GA1UdDgQWBBRWdgq8CY7MgjUw7Yff
        HwKncNUPezAfBgNVHSMEGDAWgBRWdgq8CY7MgjUw7YffHwKncNUPezAPBgNVHRMB
        Af8EBTADAQH/MBQGA1UdEQQNMAuCCWxvY2FsaG9zdDAFBgMrZXADQQCIYavNRl/r
        4o/G8pd4SUy/0c1ejR1BbzzIvLY9TA4KCk/mX1Q0Oo9KPoc4X01aVuQob/DPTbsE
        n6YpN7M5XXcK
        -----END CERTIFICATE-----

        """

    /// Its key.
    static let ed25519Key = """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEIGws1r2K3Flnqqoof1ykgkVcInkQxHayhQl3BaAGNHxT
        -----END PRIVATE KEY-----

        """
}

# A small bank: types, dispatch on them, and an error type of its own. Withdrawing
# costs something that depends on the kind of account: `fee` is one function with
# a method for each kind. `main` moves money around and returns what is left in all
# accounts together.
#
#     hypermesh run examples/bank.jl --argument 100

abstract type Account end

mutable struct Current <: Account
    owner::String
    balance::Int
end

mutable struct Savings <: Account
    owner::String
    balance::Int
    rate::Int # percent
end

struct Overdrawn <: Exception
    owner::String
    missing_amount::Int
end

fee(::Current, amount) = 0
fee(::Savings, amount) = max(1, amount ÷ 50)

function withdraw!(account::Account, amount)
    total = amount + fee(account, amount)
    total > account.balance && throw(Overdrawn(account.owner, total - account.balance))
    account.balance -= total
    return amount
end

deposit!(account::Account, amount) = (account.balance += amount; account)

transfer!(from::Account, to::Account, amount) = deposit!(to, withdraw!(from, amount))

interest!(account::Savings) = deposit!(account, account.balance * account.rate ÷ 100)
interest!(account::Account) = account

function main(amount)
    ada = Current("Ada", 500)
    bob = Savings("Bob", 1000, 3)
    accounts = Account[ada, bob]

    transfer!(bob, ada, amount)
    foreach(interest!, accounts)
    try
        withdraw!(ada, 10_000)
    catch problem
        problem isa Overdrawn || rethrow()
        println(problem.owner, " lacks ", problem.missing_amount)
    end
    for account in accounts
        println(account.owner, ": ", account.balance)
    end
    return sum(account.balance for account in accounts)
end

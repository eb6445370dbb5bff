"""EC2 security group rules."""

from support import MotoTest, client


class RuleTest(MotoTest):
    def test_a_rule_on_a_group_has_its_description(self) -> None:
        ec2 = client("ec2")
        group = ec2.create_security_group(GroupName="one", Description="one")["GroupId"]
        pair = {"GroupId": group, "Description": "From the load balancer"}
        permission = {
            "IpProtocol": "tcp",
            "FromPort": 80,
            "ToPort": 80,
            "UserIdGroupPairs": [pair],
        }
        ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[permission])
        rules = ec2.describe_security_group_rules(
            Filters=[{"Name": "group-id", "Values": [group]}]
        )
        descriptions = [rule.get("Description") for rule in rules["SecurityGroupRules"]]
        self.assertIn("From the load balancer", descriptions)
